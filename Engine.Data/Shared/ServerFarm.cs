namespace Engine.Data.Shared;

/// <summary>
/// Where a backend looks for servers, whatever their number. What is not in a set has no free slot, or does not work;
/// what is in it may have. Replaced as a whole when servers come or go: a new one says that all may have.
/// </summary>
/// <param name="active">Those that are no backups, with free slots.</param>
/// <param name="backups">Backups with free slots.</param>
/// <param name="standby">Backups that work, full or not, in the order of the file.</param>
public sealed class ServerFarm(int[] active, int[] backups, int[] standby)
{
    public static readonly ServerFarm Empty = new([], [], []);

    public ServerPlaces Active { get; } = new(active);

    public ServerPlaces Backups { get; } = new(backups);

    public ServerPlaces Standby { get; } = new(standby);
}
