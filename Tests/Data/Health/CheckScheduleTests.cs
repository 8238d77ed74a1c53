using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Health;
using Xunit;

namespace Tests.Data.Health;

public sealed class CheckScheduleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_set_moved_and_removed_comes_out_in_order(int seed)
    {
        Random random = new(seed);
        const int capacity = 16;
        CheckSchedule schedule = new(capacity);
        Dictionary<int, long> model = [];
        for (int i = 0; i < 2000; i++)
        {
            int order = random.Next();
            int check = (order & 0xFFFF) % capacity;
            long due = (order >> 8) & 0x3F;
            if ((order & 3) == 0)
            {
                schedule.Remove(check);
                model.Remove(check);
            }
            else
            {
                schedule.Set(check, due);
                model[check] = due;
            }
            Assert.Equal(model.Count, schedule.Count);
            Assert.Equal(model.ContainsKey(check), schedule.Has(check));
            if (model.Count > 0) Assert.Equal(model.Values.Min(), schedule.NextDueMs);
        }
        while (schedule.Count > 0)
        {
            Assert.Equal(model.Values.Min(), schedule.NextDueMs);
            Assert.Equal(model[schedule.Next], schedule.NextDueMs);
            model.Remove(schedule.Next);
            schedule.Remove(schedule.Next);
        }
        Assert.Empty(model);
    }
}
