using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// The contexts of a bind line for a list of certificates: made whole first, then exchanged at once, so that a
/// fault leaves the line as it was and connections under way keep what they chose.
/// </summary>
internal sealed unsafe class ContextPlan(TlsDrafts drafts, TlsBindDraft bind, List<string> warnings)
{
    private readonly Dictionary<(CertificateFile File, TlsLine Line), TlsIdentity> made = [];
    private readonly NameTableBuilder names = new();
    private List<ListedCertificate> certificates = [];
    private TlsIdentity?[]? defaults;
    private TlsIdentity? first;

    /// <summary>Contexts that were not there before.</summary>
    public int MadeCount { get; private set; }

    /// <summary>Makes what is not there. Empty, or what is wrong, with {0} for how messages name the line.</summary>
    /// <param name="wanted">Certificates in the order of the line.</param>
    /// <param name="isStale">Policies whose contexts are made anew although they are there.</param>
    public string Make(List<ListedCertificate> wanted, Func<TlsLine, bool> isStale)
    {
        certificates = wanted;
        string error = MakeFirst(isStale(bind.Line));
        if (error.Contains("versions are disabled", StringComparison.Ordinal)) return error;
        // What is wrong with the line is told with each of its contexts.
        StringBuilder faults = new(error);
        bool isFirst = true;
        foreach (ListedCertificate listed in wanted)
        {
            TlsLine line = listed.Line ?? bind.Line;
            if (listed.Line is not null) BuildBinds.InheritDefaults(listed.Line, bind.Line);
            if (!made.TryGetValue((listed.File, line), out TlsIdentity? context))
            {
                context = Take(listed.File, line, isStale(line), out error);
                if (context is null)
                {
                    faults.Append(faults.Length > 0 ? "\n" : "").Append(error);
                    continue;
                }
                made.Add((listed.File, line), context);
            }
            names.Add(listed.Filters ?? [.. listed.File.Names], context);
            if (!listed.IsDefault && !isFirst) continue;
            isFirst = false;
            defaults ??= new TlsIdentity?[3];
            defaults[(int)context.Key] ??= context;
        }
        return faults.ToString();
    }

    /// <summary>Exchanges them. What nobody needs any more is answered: see <see cref="ExchangeContexts"/>.</summary>
    public List<TlsIdentity> Apply()
    {
        List<TlsIdentity> retired = [];
        foreach (TlsIdentity old in bind.Made.Values)
            if (!made.ContainsValue(old)) retired.Add(old);
        TlsBind target = bind.Target!;
        if (target.First.Handle != 0 && target.First != first) retired.Add(target.First);
        bind.Certificates = certificates;
        bind.Made = made;
        target.First = first!;
        target.TakesEarly = false;
        foreach (TlsIdentity identity in made.Values) target.TakesEarly |= identity.EarlyMax > 0;
        CertificateForge? before = target.Current.Forge as CertificateForge;
        target.Set(target.StrictNames ? null : defaults, names.Build(), MakeForge());
        if (before is not null) drafts.Forged!.Forget(before);
        return retired;
    }

    /// <summary>Null: the line makes no certificates, or has none whose key they could have.</summary>
    private CertificateForge? MakeForge()
    {
        if (bind.Signer is not { } signer || defaults is null) return null;
        TlsIdentity? model = defaults[(int)TlsKeyKind.Ecdsa] ?? defaults[(int)TlsKeyKind.Rsa] ?? defaults[(int)TlsKeyKind.Dsa];
        return model is null ? null : new CertificateForge(model, signer, drafts.Forged ??= new(drafts.ForgedMax));
    }

    /// <summary>Nothing comes of it: what was made is let go.</summary>
    public void Drop()
    {
        foreach (((CertificateFile, TlsLine) key, TlsIdentity context) in made)
            if (!bind.Made.TryGetValue(key, out TlsIdentity? own) || own != context) OpenSsl.ContextFree(context.Handle);
        if (first is not null && first != bind.Target!.First) OpenSsl.ContextFree(first.Handle);
    }

    /// <summary>
    /// The context that connections begin with has no certificate: what seals tickets and finds sessions stays the
    /// same whichever certificates come and go.
    /// </summary>
    private string MakeFirst(bool isStale)
    {
        first = bind.Target!.First;
        if (first.Handle != 0 && !isStale) return "";
        first = MakeBindIdentity.Run(drafts, bind, null, bind.Line, warnings, out string error);
        return error;
    }

    private TlsIdentity? Take(CertificateFile file, TlsLine line, bool isStale, out string error)
    {
        error = "";
        if (!isStale && bind.Made.TryGetValue((file, line), out TlsIdentity? there)) return there;
        MadeCount++;
        // The line's own doubts were told with its first context.
        return MakeBindIdentity.Run(drafts, bind, file, line, line == bind.Line ? [] : warnings, out error);
    }
}
