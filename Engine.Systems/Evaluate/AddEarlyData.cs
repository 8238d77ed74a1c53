using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Http1;

namespace Engine.Systems.Evaluate;

/// <summary>Tells the server that a request came as early data, and may be a replay (RFC 8470 section 5.1).</summary>
public static unsafe class AddEarlyData
{
    private static readonly ByteView Name = ByteView.Literal("early-data");
    private static readonly ByteView Yes = ByteView.Literal("1");

    /// <summary>False when the head has no room for it.</summary>
    public static bool Run(ref Evaluation scope)
    {
        if (scope.ClientTls == null || (scope.ClientTls->Flags & TlsFlags.EarlyOpen) == 0) return true;
        return EditFields.Find(scope.Request, Name.Span) >= 0 || EditFields.Add(scope.Request, Name, Yes);
    }
}
