namespace Engine.Data.Messages;

/// <summary>
/// A whole answer that the configuration holds (<c>errorfile</c>, <c>errorloc</c>), ready for the wire: a form for each
/// thing that its head may say of the connection. An empty one closes without a word.
/// </summary>
public sealed class StoredMessage
{
    /// <summary>Of an empty file.</summary>
    public static readonly StoredMessage Empty = new();

    private readonly ByteView[] forms = [];
    private readonly int[] headLengths = [];

    /// <summary>The connection ends with it: the message says so, or tells no length.</summary>
    public readonly bool Closes = true;

    /// <summary>Of HTTP/1.0, whose connections stay only when that is said.</summary>
    public readonly bool IsOld;

    /// <param name="forms">Head and body by <see cref="ConnectionSaid"/>: Nothing, Close, KeepAlive.</param>
    /// <param name="headLengths">Bytes of each form's head with its empty line.</param>
    /// <param name="closes">See <see cref="Closes"/>.</param>
    /// <param name="isOld">See <see cref="IsOld"/>.</param>
    public StoredMessage(ByteView[] forms, int[] headLengths, bool closes, bool isOld)
    {
        this.forms = forms;
        this.headLengths = headLengths;
        Closes = closes;
        IsOld = isOld;
    }

    private StoredMessage()
    {
    }

    public bool IsEmpty => forms.Length == 0;

    public ByteView HeadOf(ConnectionSaid said) => IsEmpty ? default : forms[(int)said].Slice(0, headLengths[(int)said]);

    public ByteView Body
    {
        get
        {
            if (IsEmpty) return default;
            ByteView form = forms[(int)ConnectionSaid.Nothing];
            int head = headLengths[(int)ConnectionSaid.Nothing];
            return form.Slice(head, form.Length - head);
        }
    }

    /// <summary>The form to send.</summary>
    /// <param name="keepAlive">The connection goes on; never where the message <see cref="Closes"/>.</param>
    /// <param name="clientIsOld">The client speaks HTTP/1.0.</param>
    /// <param name="headOnly">To HEAD, whose answers have no body.</param>
    public ByteView Of(bool keepAlive, bool clientIsOld, bool headOnly)
    {
        if (IsEmpty) return default;
        ConnectionSaid said = keepAlive
            ? IsOld || clientIsOld ? ConnectionSaid.KeepAlive : ConnectionSaid.Nothing
            : IsOld ? ConnectionSaid.Nothing : ConnectionSaid.Close;
        return headOnly ? HeadOf(said) : forms[(int)said];
    }
}
