using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>The first message of MQTT clients and servers (manual section 7.3.1).</summary>
internal static unsafe class MqttConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new("mqtt_is_valid", ArgumentSpec.None, SampleType.Binary, SampleType.Boolean, &IsValid));
        Words.Converters.Add(new(
            "mqtt_field_value", new ArgumentSpec(2, ArgumentKind.String, ArgumentKind.String), SampleType.Binary,
            SampleType.String, &Value)
        {
            Prepare = &Prepare,
        });
    }

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        string kind = arguments.Text(0).ToString();
        string field = arguments.Text(1).ToString();
        int number = kind.ToLowerInvariant() switch
        {
            "connect" or "1" => MqttPacket.Connect,
            "connack" or "2" => MqttPacket.ConnectAnswer,
            _ => 0,
        };
        bool isNumber = int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out int other);
        bool isOther = isNumber ? other is >= 3 and <= 15 : Array.IndexOf(OtherKinds, kind.ToLowerInvariant()) >= 0;
        if (number == 0 && !isOther) return $"Unknown MQTT type '{kind}'";
        MqttField wanted = FieldOf(number, field.ToLowerInvariant());
        if (wanted == MqttField.None) return $"Unknown MQTT field name '{field}' for packet type '{kind}'";
        arguments.Items[0].Integer = number;
        arguments.Items[1].Integer = (long)wanted;
        return null;
    }

    // Known kinds of which no field can be read.
    private static readonly string[] OtherKinds =
    [
        "publish", "puback", "pubrec", "pubrel", "pubcomp", "subscribe", "suback", "unsubscribe", "unsuback", "pingreq",
        "pingresp", "disconnect", "auth",
    ];

    private static MqttField FieldOf(int kind, string name)
    {
        ReadOnlySpan<int> ofConnect = [1, 2, 3, 8, 9, 17, 18, 21, 22, 23, 24, 25, 33, 34, 38, 39];
        ReadOnlySpan<int> ofAnswer = [17, 18, 19, 21, 22, 26, 28, 31, 33, 34, 36, 37, 38, 39, 40, 41, 42];
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int property))
            return kind != 0 && (kind == MqttPacket.Connect ? ofConnect : ofAnswer).Contains(property)
                ? (MqttField)property
                : MqttField.None;
        if (kind == MqttPacket.ConnectAnswer)
        {
            return name switch
            {
                "flags" => MqttField.Flags,
                "protocol_version" => MqttField.ProtocolVersion,
                "reason_code" => MqttField.ReasonCode,
                _ => MqttField.None,
            };
        }
        if (kind != MqttPacket.Connect) return MqttField.None;
        return name switch
        {
            "flags" => MqttField.Flags,
            "protocol_name" => MqttField.ProtocolName,
            "protocol_version" => MqttField.ProtocolVersion,
            "client_identifier" => MqttField.ClientIdentifier,
            "will_topic" => MqttField.WillTopic,
            "will_payload" => MqttField.WillPayload,
            "username" => MqttField.UserName,
            "password" => MqttField.Password,
            "keepalive" => MqttField.KeepAlive,
            _ => MqttField.None,
        };
    }

    /// <summary>Packets of other kinds are never valid; one that is not whole yet is not judged: there is no value.</summary>
    private static bool IsValid(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool isValid = MqttPacket.TryRead(sample.Bytes.Span, (int)MqttField.None, out MqttPacket packet);
        if (!isValid && !packet.IsWhole && MqttPacket.MayComplete(sample.Bytes.Span)) return false;
        sample.SetBoolean(isValid);
        return true;
    }

    private static bool Value(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int wanted = (int)arguments.Items[1].Integer;
        if (!MqttPacket.TryRead(sample.Bytes.Span, wanted, out MqttPacket packet)) return false;
        if (!packet.IsFound || packet.Kind != arguments.Items[0].Integer) return false;
        if (packet.Number < 0)
        {
            sample.SetString(sample.Bytes.Slice(packet.From, packet.Count));
            return true;
        }
        sample.SetInteger(packet.Number);
        return CastSample.Run(ref scope, ref sample, SampleType.String);
    }
}
