using System.Globalization;
using System.Text;
using Engine.Data.Messages;

namespace Engine.Systems.Rules.Actions;

/// <summary>Status lines of replies, made while the configuration is read.</summary>
internal static class StatusLine
{
    /// <summary><c>HTTP/1.1 404 Not Found</c> with its line end.</summary>
    public static string Of(int status) =>
        "HTTP/1.1 " + status.ToString(CultureInfo.InvariantCulture) + " "
        + Encoding.ASCII.GetString(ReasonPhrase.Of(status)) + "\r\n";
}
