namespace Engine.Data.Http2;

/// <summary>What a SETTINGS entry is about (RFC 9113 section 6.5.2, RFC 8441 section 3).</summary>
public enum SettingId : ushort
{
    HeaderTableSize = 1,
    EnablePush = 2,
    MaxConcurrentStreams = 3,
    InitialWindowSize = 4,
    MaxFrameSize = 5,
    MaxHeaderListSize = 6,
    EnableConnectProtocol = 8,
}
