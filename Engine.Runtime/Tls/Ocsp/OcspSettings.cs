namespace Engine.Runtime.Tls.Ocsp;

/// <summary>What the <c>ocsp-update.*</c> words of the <c>global</c> section say.</summary>
public sealed class OcspSettings
{
    /// <summary><c>ocsp-update.mode on</c>: certificates about which nothing is said are kept up to date.</summary>
    public bool IsOnByDefault;

    /// <summary><c>ocsp-update.disable on</c>: nothing is.</summary>
    public bool IsDisabled;

    /// <summary>Between two updates of one response, seconds.</summary>
    public int DelayMinSeconds = 300;

    public int DelayMaxSeconds = 3600;

    /// <summary><c>ocsp-update.httpproxy</c>, an address and its port; empty: responders are asked directly.</summary>
    public string HttpProxy = "";

    /// <summary>An answer's bytes at most, as <c>tune.bufsize</c> says.</summary>
    public int AnswerMax = 16384;
}
