namespace Engine.Data.Registries;

/// <summary>A registry whatever its rows are, so that a test can freeze them all.</summary>
public interface IFreezable
{
    string Name { get; }

    void Freeze();
}
