using System;

namespace Engine.Data.Registries;

/// <summary>Where a sample can be taken, one bit a column of the <c>-dKsmp</c> listing, first column lowest.</summary>
[Flags]
public enum SamplePlaces : uint
{
    None = 0,
    FrontendTcpConnection = 1 << 0,
    FrontendTcpSession = 1 << 1,
    FrontendTcpContent = 1 << 2,
    FrontendRequestHeader = 1 << 3,
    FrontendRequestBody = 1 << 4,
    FrontendSwitching = 1 << 5,
    BackendTcpContent = 1 << 6,
    BackendRequestHeader = 1 << 7,
    BackendRequestBody = 1 << 8,
    ServerChoice = 1 << 9,
    ServerSource = 1 << 10,
    BackendTcpResponse = 1 << 11,
    BackendResponseHeader = 1 << 12,
    BackendResponseBody = 1 << 13,
    BackendStickStore = 1 << 14,
    FrontendTcpResponse = 1 << 15,
    FrontendResponseHeader = 1 << 16,
    FrontendResponseBody = 1 << 17,
    Logs = 1 << 18,
    TcpCheck = 1 << 19,
    ConfigurationParser = 1 << 20,
    CliParser = 1 << 21,

    /// <summary>As long as the request's head is there.</summary>
    Request = FrontendTcpContent | FrontendRequestHeader | FrontendRequestBody | FrontendSwitching
        | BackendTcpContent | BackendRequestHeader | BackendRequestBody | ServerChoice | ServerSource,

    /// <summary>Once a server answered.</summary>
    Response = BackendTcpResponse | BackendResponseHeader | BackendResponseBody | BackendStickStore
        | FrontendTcpResponse | FrontendResponseHeader | FrontendResponseBody,

    /// <summary>While the head of the response is there, and in the answers that checks look at.</summary>
    ResponseHead = Response | TcpCheck,

    /// <summary>While either head is there.</summary>
    EitherHead = Request | ResponseHead,

    /// <summary>As long as the stream lives.</summary>
    Transaction = Request | Response | Logs,

    /// <summary>Once the session is accepted.</summary>
    Session = FrontendTcpSession | Transaction,

    /// <summary>Facts of the frontend and the listener.</summary>
    FrontendSide = FrontendTcpConnection | Session,

    /// <summary>Once a backend is chosen.</summary>
    ChosenBackend = BackendTcpContent | BackendRequestHeader | BackendRequestBody | ServerChoice | ServerSource
        | Response | Logs | TcpCheck,

    /// <summary>Once a server is chosen.</summary>
    ChosenServer = ServerSource | Response | Logs | TcpCheck,

    /// <summary>Once there is a connection to a server.</summary>
    ServerConnection = Response | Logs | TcpCheck,

    /// <summary>Once a response may have begun.</summary>
    ResponseBytes = ServerChoice | ServerSource | Response | Logs,

    /// <summary>Facts of the client's connection: as long as the stream lives, logs and checks included.</summary>
    Connection = FrontendTcpConnection | FrontendTcpSession | Request | Response | Logs | TcpCheck,

    /// <summary>Counts of the process, also from the Runtime API.</summary>
    Running = Connection | CliParser,

    Anywhere = Connection | ConfigurationParser | CliParser,
}
