using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Tests.Tidy;

/// <summary>Runtime knows Systems, Systems knows Data, and nobody knows what stands above it.</summary>
public sealed class LayeringTests
{
    [Theory]
    [InlineData("Engine.Data", "")]
    [InlineData("Engine.Systems", "Engine.Data")]
    [InlineData("Engine.Runtime", "Engine.Systems")]
    public void A_project_references_the_layer_below_it_and_nothing_else_of_ours(string project, string below)
    {
        XDocument file = XDocument.Load(Path.Combine(Sources.Root, project, project + ".csproj"));
        string[] references = [.. file.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))];
        Assert.Equal(below.Length == 0 ? [] : [below], references);
    }

    [Theory]
    [InlineData("Engine.Data", "Engine.Systems", "sluice")]
    [InlineData("Engine.Systems", "sluice")]
    public void An_assembly_does_not_reference_what_stands_above_it(string assembly, params string[] above)
    {
        string[] references = [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(r => r.Name!)];
        Assert.Empty(references.Intersect(above));
    }

    [Fact]
    public void The_data_path_names_nothing_that_blocks_allocates_or_reads_the_world()
    {
        // Systems get time, randomness and the kernel from outside, so that a seed replays a run.
        string[] words =
        [
            "using System.Linq;", "using System.Net.Sockets;", "using System.IO;",
                "using System.Threading.Tasks;",
            "DateTime.Now", "DateTime.UtcNow", "Stopwatch.", "Environment.TickCount", "Random.Shared",
                "new Random(",
            "Console.", "Thread.Sleep", " async ", " await ", "lock (",
        ];
        string[] found = [.. Sources.All
            .Where(file => file.StartsWith("Engine.Systems/", StringComparison.Ordinal))
            .SelectMany(file => words
                .Where(word => Sources.Read(file).Contains(word, StringComparison.Ordinal))
                // What parses configuration words runs at start only: it may read pattern and reply files.
                .Where(word => word != "using System.IO;" || !file.Contains("/Parse", StringComparison.Ordinal))
                .Select(word => $"{file}: {word}"))];
        Assert.Empty(found);
    }

    [Fact]
    public void A_phase_of_the_data_path_is_a_static_class_with_one_run()
    {
        Type[] phases = [.. Assembly.Load("Engine.Systems").GetExportedTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true })
            .Where(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Any(method => method.Name == "Run"))];
        Assert.NotEmpty(phases);
        Assert.DoesNotContain(phases, type =>
            type.GetFields(
                BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Any(field => !field.IsLiteral && !field.IsInitOnly));
    }
}
