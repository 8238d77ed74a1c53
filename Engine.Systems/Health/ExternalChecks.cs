using Engine.Data.Health;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>Checks by programs (manual section 4.2, <c>option external-check</c>): who runs them is no part of the engine.</summary>
public static class ExternalChecks
{
    /// <summary>Has the program started; its end comes back by <see cref="End"/>.</summary>
    public static void Begin(World world, int number)
    {
        if (world.Shared.StartExternalCheck is { } start) start(world, number);
        else End(world, number, CheckStatus.ProcessError, 0);
    }

    /// <summary>The program ended, or could not be started, or took too long.</summary>
    public static void End(World world, int number, CheckStatus status, int exitCode)
    {
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if ((check.Flags & CheckFlags.Running) == 0) return;
        CheckFinding.Set(ref check, status, exitCode, "");
        FinishCheck.Run(world, number, ref check);
    }
}
