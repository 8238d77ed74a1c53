using System.Runtime.CompilerServices;
using Engine.Systems.Rules;

namespace Engine.Runtime.Configuration;

/// <summary>Has the files that hold rows register them: module initialisers are lazy, so they are called by name.</summary>
public static class WordFiles
{
    /// <summary>Runs the module initialisers of the assemblies that have words. More than once does nothing.</summary>
    public static void Register()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(RunRules).Module.ModuleHandle);
        RuntimeHelpers.RunModuleConstructor(typeof(WordFiles).Module.ModuleHandle);
    }
}
