namespace Engine.Data.Tables;

/// <summary>
/// Names one row of a table for as long as that row lives. 8 bytes. When the row is freed its generation
/// moves on, so a handle kept too long is recognised by <see cref="Table.IsLive"/> instead of naming the next owner.
/// </summary>
public readonly record struct Handle<T>(uint Row, uint Generation) where T : unmanaged
{
    /// <summary>Names nothing; what <c>Take</c> returns when the table is full.</summary>
    public static Handle<T> None => new(Table.NoRow, 0);

    public bool IsNone => Row == Table.NoRow;
}
