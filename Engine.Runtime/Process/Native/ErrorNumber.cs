namespace Engine.Runtime.Process.Native;

/// <summary>Linux error numbers that process calls give a meaning to.</summary>
internal static class ErrorNumber
{
    public const int NotPermitted = 1;
    public const int NoSuchProcess = 3;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int AddressInUse = 98;
}
