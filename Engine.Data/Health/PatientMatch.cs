using System.Text.RegularExpressions;

namespace Engine.Data.Health;

/// <summary>Matches what a server sent; an expression that would need too long does not match it.</summary>
public static class PatientMatch
{
    public static bool Run(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
