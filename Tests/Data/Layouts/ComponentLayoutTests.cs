using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Xunit;

namespace Tests.Data.Layouts;

/// <summary>
/// Where the fields of components stand: a field more is seen here, with what it does to the size of a row, before it is
/// seen in a benchmark.
/// </summary>
public sealed class ComponentLayoutTests
{
    private static readonly Type[] Components =
    [
        typeof(Connection), typeof(ClientFacts), typeof(ServerLink), typeof(HeldPipes), typeof(ListenerState),
        typeof(ServerPool), typeof(Stream), typeof(StreamSplices), typeof(StreamLog), typeof(BodyState),
        typeof(Timer), typeof(BufferRef), typeof(BufferSegment), typeof(BufferChain), typeof(Handle<Connection>),
        typeof(MessageHead), typeof(HeaderField), typeof(Operation), typeof(Completion), typeof(ThreadMessage),
        typeof(SharedServer), typeof(SharedProxy), typeof(SharedProcess),
        typeof(Http2Connection), typeof(Http2Stream), typeof(HpackTable),
    ];

    [Fact]
    public void Components_are_laid_out_as_reviewed()
    {
        StringBuilder text = new();
        foreach (Type component in Components) Describe(text, component);
        Snapshot.Verify(text.ToString());
    }

    [Fact]
    public void A_connection_is_one_cache_line() => Assert.Equal(NativeRegion.CacheLine, SizeOf(typeof(Connection)));

    private static void Describe(StringBuilder text, Type component)
    {
        text.Append(CultureInfo.InvariantCulture, $"{component.Name}  {SizeOf(component)} bytes\n");
        IEnumerable<(int Offset, FieldInfo Field)> fields = component
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => (OffsetOf(component, field), field))
            .OrderBy(one => one.Item1);
        foreach ((int offset, FieldInfo field) in fields)
            text.Append(CultureInfo.InvariantCulture, $"{offset,6}{SizeOf(field.FieldType),5}  {field.Name}\n");
        text.Append('\n');
    }

    private static int SizeOf(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer) return IntPtr.Size;
        DynamicMethod method = new("size", typeof(int), null);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Sizeof, type);
        code.Emit(OpCodes.Ret);
        return (int)method.Invoke(null, null)!;
    }

    private static int OffsetOf(Type component, FieldInfo field)
    {
        DynamicMethod method = new("offset", typeof(int), null, typeof(RuntimeHelpers), skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LocalBuilder value = code.DeclareLocal(component);
        code.Emit(OpCodes.Ldloca, value);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldloca, value);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
        return (int)method.Invoke(null, null)!;
    }
}
