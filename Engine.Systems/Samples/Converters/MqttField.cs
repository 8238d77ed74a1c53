namespace Engine.Systems.Samples.Converters;

/// <summary>Fields of MQTT packets that have a name; smaller numbers are those of properties.</summary>
internal enum MqttField
{
    None = -1,
    Flags = 256,
    ProtocolName,
    ProtocolVersion,
    ClientIdentifier,
    WillTopic,
    WillPayload,
    UserName,
    Password,
    KeepAlive,
    ReasonCode,
}
