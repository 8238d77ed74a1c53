using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// The certificates made for names, of all bind lines together: <c>tune.ssl.ssl-ctx-cache-size</c> of them, those last
/// used. Each is held once here.
/// </summary>
internal sealed unsafe class ForgedCache(int capacity)
{
    private readonly Dictionary<(CertificateForge Forge, string Name), LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];

    public int Count
    {
        get
        {
            lock (entries) return entries.Count;
        }
    }

    /// <summary>The certificate of a name, held once more for the caller; 0: it is not there.</summary>
    public nint Find(CertificateForge forge, string name)
    {
        lock (entries)
        {
            if (!entries.TryGetValue((forge, name), out LinkedListNode<Entry>? node)) return 0;
            byUse.Remove(node);
            byUse.AddFirst(node);
            _ = OpenSsl.CertificateUpRef(node.Value.Certificate);
            return node.Value.Certificate;
        }
    }

    /// <summary>Keeps a certificate, holding it once more. The one that nobody asked for longest makes room.</summary>
    public void Keep(CertificateForge forge, string name, nint certificate)
    {
        if (capacity == 0) return;
        lock (entries)
        {
            if (entries.ContainsKey((forge, name))) return; // another thread made one meanwhile
            if (entries.Count >= capacity) Drop(byUse.Last!);
            _ = OpenSsl.CertificateUpRef(certificate);
            entries.Add((forge, name), byUse.AddFirst(new Entry(forge, name, certificate)));
        }
    }

    /// <summary>A bind line has another forge: nobody will ask for what this one made.</summary>
    public void Forget(CertificateForge forge)
    {
        lock (entries)
        {
            for (LinkedListNode<Entry>? node = byUse.First; node is not null;)
            {
                LinkedListNode<Entry>? next = node.Next;
                if (node.Value.Forge == forge) Drop(node);
                node = next;
            }
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        entries.Remove((node.Value.Forge, node.Value.Name));
        OpenSsl.CertificateFree(node.Value.Certificate);
    }

    private sealed record Entry(CertificateForge Forge, string Name, nint Certificate);
}
