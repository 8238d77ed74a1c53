using Engine.Data.Messages;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Protocol versions as samples give them: <c>1.1</c>.</summary>
internal static class VersionNames
{
    private static readonly ByteView Http10 = ByteView.Literal("1.0");
    private static readonly ByteView Http11 = ByteView.Literal("1.1");
    private static readonly ByteView Http2 = ByteView.Literal("2.0");
    private static readonly ByteView Http3 = ByteView.Literal("3.0");

    public static ByteView Of(HttpVersion version) =>
        version switch
        {
            HttpVersion.Http10 => Http10,
            HttpVersion.Http2 => Http2,
            HttpVersion.Http3 => Http3,
            _ => Http11,
        };
}
