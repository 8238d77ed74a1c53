using System.Collections.Generic;

namespace Engine.Data.Configuration;

/// <summary>Part of the configuration's draft: the <c>http-errors</c> sections by name, and the one being read.</summary>
public sealed class HttpErrorSections
{
    public Dictionary<string, HttpErrorSection> ByName { get; } = [];

    public HttpErrorSection? Open { get; set; }
}
