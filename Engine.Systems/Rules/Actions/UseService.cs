using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>use-service</c>: a service of the program answers (manual section 4.4).</summary>
internal static unsafe class UseService
{
    private const string Exporter = "prometheus-exporter";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("use-service", "<service>", &Parse) { IsFinal = true });
        Words.Services.Add(new ServiceWord(Exporter, ""));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        if (Words.Services.Find(name) is null)
        {
            return ActionLine.Refuse(line, name.Length == 0
                ? "'use-service' expects a service name."
                : $"'{name}' unknown service name.");
        }
        step.Action = &Serve;
        return true;
    }

    private static bool Serve(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Service;
        return false;
    }
}
