namespace Engine.Data.Configuration;

/// <summary>A line <c>cpu-map</c>, to be looked at when the threads are known.</summary>
/// <param name="Groups">By group, from 0: whether it is meant.</param>
/// <param name="Threads">By thread of a group, from 0: whether it is meant.</param>
/// <param name="Cpus">CPUs, rising.</param>
/// <param name="IsAutomatic">Each thread gets one of the CPUs, in turn.</param>
public sealed record CpuMapLine(bool[] Groups, bool[] Threads, int[] Cpus, bool IsAutomatic)
{
    /// <summary>Binds the threads of the groups that are meant.</summary>
    public void Bind(ThreadGroup[] groups, int[]?[] map)
    {
        for (int i = 0; i < groups.Length && i < Groups.Length; i++)
        {
            if (!Groups[i]) continue;
            int next = 0;
            for (int thread = 0; thread < groups[i].Count && thread < Threads.Length; thread++)
            {
                if (Threads[thread]) map[groups[i].First + thread] = IsAutomatic ? [Cpus[next++]] : Cpus;
            }
        }
    }
}
