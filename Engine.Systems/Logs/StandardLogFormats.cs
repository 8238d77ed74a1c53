namespace Engine.Systems.Logs;

/// <summary>The formats that options stand for (manual section 8.2), as texts for <c>log-format</c>.</summary>
public static class StandardLogFormats
{
    /// <summary><c>option httplog</c>.</summary>
    public const string Http =
        "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r";

    /// <summary><c>option httpslog</c>.</summary>
    public const string Https =
        Http + " %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] "
        + "%[ssl_fc_sni]/%sslv/%sslc";

    /// <summary><c>option httplog clf</c>.</summary>
    public const string HttpClf =
        "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta %tsc "
        + "%ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl";

    /// <summary><c>option tcplog</c>.</summary>
    public const string Tcp =
        "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";

    /// <summary><c>option tcplog clf</c>.</summary>
    public const string TcpClf =
        "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt %U %ts-- "
        + "%ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";

    /// <summary>No option, <c>mode tcp</c>: the line that says who connected.</summary>
    public const string ConnectTcp = "Connect from %ci:%cp to %fi:%fp (%f/TCP)";

    /// <summary>No option, <c>mode http</c>.</summary>
    public const string ConnectHttp = "Connect from %ci:%cp to %fi:%fp (%f/HTTP)";
}
