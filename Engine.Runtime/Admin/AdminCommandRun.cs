namespace Engine.Runtime.Admin;

/// <summary>
/// A command of the Runtime API: the <c>Run</c> of its row in the registry. It runs on the admin thread,
/// answers through the request's output, and may block that thread for a moment, never a worker.
/// </summary>
public delegate void AdminCommandRun(AdminRequest request);
