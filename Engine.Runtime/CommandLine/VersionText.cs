using System;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Registries;

namespace Engine.Runtime.CommandLine;

/// <summary>What <c>-v</c>, <c>-vv</c> and <c>-vq</c> print. Test suites and tools read these lines.</summary>
public static class VersionText
{
    private static string Machine =>
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, "
        + RuntimeInformation.FrameworkDescription;

    public static string FirstLine =>
        $"{ProductVersion.Name} version {ProductVersion.Own} (compatible with HAProxy {ProductVersion.Compatible})";

    public static string Of(string flag) =>
        flag switch
        {
            "-vv" => Long(),
            "-vq" => ProductVersion.Own + "\n",
            "-vqs" => ProductVersion.Own + "\n",
            "-vqb" => ProductVersion.Compatible + "\n",
            _ => Short(),
        };

    /// <summary>Also stands before the usage text.</summary>
    public static string Short() =>
        $"""
        {FirstLine}
        HAProxy version {ProductVersion.Compatible}-compatible
        Running on: {Machine}

        """;

    private static string Long()
    {
        StringBuilder text = new(Short());
        text.Append($"""
            Build options :
              TARGET = linux-dotnet
              OPTIONS =

            Feature list : {Features.List}

            Default settings :
              bufsize = 16384, maxrewrite = 1024

            Built with multi-threading support (default={Environment.ProcessorCount}).

            Available polling systems :
               io_uring : where the kernel allows it
                  epoll : everywhere else

            Available multiplexer protocols :
            (protocols marked as <default> cannot be specified using 'proto' keyword)
                     h2 : mode=HTTP  side=FE|BE  mux=H2    flags=HTX|HOL_RISK|NO_UPG
              <default> : mode=HTTP  side=FE|BE  mux=H1    flags=HTX
                     h1 : mode=HTTP  side=FE|BE  mux=H1    flags=HTX|NO_UPG
              <default> : mode=TCP   side=FE|BE  mux=PASS  flags=
                   none : mode=TCP   side=FE|BE  mux=PASS  flags=NO_UPG


            """);
        text.Append("Available services :");
        foreach (ServiceWord service in Words.Services.Rows) text.Append(' ').Append(service.Word);
        if (Words.Services.Rows.IsEmpty) text.Append(" none");
        text.Append("\nAvailable filters :");
        if (Words.Filters.Rows.IsEmpty) text.Append(" none");
        foreach (FilterWord filter in Words.Filters.Rows) text.Append("\n\t").Append(filter.Word);
        return text.Append("\n\n").ToString();
    }
}
