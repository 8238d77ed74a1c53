namespace Engine.Data.Logs;

public enum LogTargetKind : byte
{
    Udp = 0,
    Unix,
    Descriptor,
}
