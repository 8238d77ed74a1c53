namespace Engine.Runtime.CommandLine;

/// <summary>What is printed when the command line cannot be understood.</summary>
public static class UsageText
{
    public const string Text = """
        Usage : sluice [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ] [ -N <maxpconn> ]
                [ -p <pidfile> ] [ -m <max megs> ] [ -C <dir> ] [-- <cfgfile>*]
                -v prints the version ; -vv adds build options and features
                -vq/-vqs/-vqb print the bare version, short version, branch
                -f reads a file, or the *.cfg files of a directory in order
                -c verifies the configuration and ends
                -cc <condition> evaluates a condition and ends
                -d stays in the foreground and says more ; -db stays in the foreground
                -D runs in the background ; -C <dir> changes to a directory first
                -V prints more messages ; -q prints none
                -p <file> writes the process number to a file
                -n <number> connections of the process at most
                -N <number> connections of each proxy that has no maxconn
                -m <megabytes> of memory at most
                -L <name> local peer name instead of the host's name
                -4 resolves names to IPv4 addresses only
                -sf/-st [<pid> ...] tells these to finish/stop once this process serves
                -dC shows the lines as they are read ; -dD says what is legal but probably not meant
                -dK<class>[,...] lists the registered keywords ('help' for the classes)
                -dI lets programs be started, as 'insecure-fork-wanted' does
                -dM[<byte>] fills fresh memory with a byte (0x50)
                -dR binds without SO_REUSEPORT ; -dS forwards without splicing
                -dU<name> uses this kernel back end: io_uring or epoll ; -de never epoll
                -dW fails if there is any warning
                -di <file> reads engine settings from this file instead of engine.ini
                -dr starts although a server's name has no address


        """;
}
