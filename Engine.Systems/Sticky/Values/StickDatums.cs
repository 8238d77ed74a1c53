using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>The data of entries, each as a type.</summary>
internal static class StickDatums
{
    public readonly struct Gpt0 : IStickDatum
    {
        public static StickData Data => StickData.Gpt0;
    }

    public readonly struct Gpc0 : IStickDatum
    {
        public static StickData Data => StickData.Gpc0;
    }

    public readonly struct Gpc0Rate : IStickDatum
    {
        public static StickData Data => StickData.Gpc0Rate;
    }

    public readonly struct ConnectionCount : IStickDatum
    {
        public static StickData Data => StickData.ConnectionCount;
    }

    public readonly struct ConnectionRate : IStickDatum
    {
        public static StickData Data => StickData.ConnectionRate;
    }

    public readonly struct ConnectionsNow : IStickDatum
    {
        public static StickData Data => StickData.ConnectionsNow;
    }

    public readonly struct SessionCount : IStickDatum
    {
        public static StickData Data => StickData.SessionCount;
    }

    public readonly struct SessionRate : IStickDatum
    {
        public static StickData Data => StickData.SessionRate;
    }

    public readonly struct RequestCount : IStickDatum
    {
        public static StickData Data => StickData.RequestCount;
    }

    public readonly struct RequestRate : IStickDatum
    {
        public static StickData Data => StickData.RequestRate;
    }

    public readonly struct ErrorCount : IStickDatum
    {
        public static StickData Data => StickData.ErrorCount;
    }

    public readonly struct ErrorRate : IStickDatum
    {
        public static StickData Data => StickData.ErrorRate;
    }

    public readonly struct BytesInCount : IStickDatum
    {
        public static StickData Data => StickData.BytesInCount;
    }

    public readonly struct BytesInRate : IStickDatum
    {
        public static StickData Data => StickData.BytesInRate;
    }

    public readonly struct BytesOutCount : IStickDatum
    {
        public static StickData Data => StickData.BytesOutCount;
    }

    public readonly struct BytesOutRate : IStickDatum
    {
        public static StickData Data => StickData.BytesOutRate;
    }

    public readonly struct Gpc1 : IStickDatum
    {
        public static StickData Data => StickData.Gpc1;
    }

    public readonly struct Gpc1Rate : IStickDatum
    {
        public static StickData Data => StickData.Gpc1Rate;
    }

    public readonly struct FailureCount : IStickDatum
    {
        public static StickData Data => StickData.FailureCount;
    }

    public readonly struct FailureRate : IStickDatum
    {
        public static StickData Data => StickData.FailureRate;
    }

    public readonly struct Gpt : IStickDatum
    {
        public static StickData Data => StickData.Gpt;
    }

    public readonly struct Gpc : IStickDatum
    {
        public static StickData Data => StickData.Gpc;
    }

    public readonly struct GpcRate : IStickDatum
    {
        public static StickData Data => StickData.GpcRate;
    }

    public readonly struct GlitchCount : IStickDatum
    {
        public static StickData Data => StickData.GlitchCount;
    }

    public readonly struct GlitchRate : IStickDatum
    {
        public static StickData Data => StickData.GlitchRate;
    }

    public readonly struct ServerId : IStickDatum
    {
        public static StickData Data => StickData.ServerId;
    }
}
