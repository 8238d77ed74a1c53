namespace Engine.Data.Variables;

/// <summary>How long a variable lives (manual section 2.8).</summary>
public enum VariableScope : byte
{
    /// <summary>The life of the process; all threads see it.</summary>
    Process = 0,

    /// <summary>The client's connection.</summary>
    Session,

    /// <summary>A request and its response.</summary>
    Transaction,

    /// <summary>Until the response begins.</summary>
    Request,

    /// <summary>From the beginning of the response on.</summary>
    Response,

    /// <summary>A health check.</summary>
    Check,

    /// <summary>Those of a stream that started this one. There is no such stream: they are never set.</summary>
    Parent,
}
