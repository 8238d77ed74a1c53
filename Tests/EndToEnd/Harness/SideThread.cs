using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>Work that runs beside the test's own thread; its exception comes out at the join.</summary>
public sealed class SideThread<T>
{
    private const int JoinTimeoutMs = 60_000;
    private readonly Thread thread;
    private T? result;
    private Exception? failure;

    public SideThread(Func<T> work)
    {
        thread = new(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    public T Join()
    {
        if (!thread.Join(JoinTimeoutMs))
            throw new WireException("work beside the test does not end");
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return result!;
    }
}
