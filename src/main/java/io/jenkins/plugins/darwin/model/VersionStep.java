package io.jenkins.plugins.darwin.model;

/** How far a version is from the one before (SemVer 2.0.0, rules 6 to 8). */
public enum VersionStep {
    /** Nothing that users see. */
    NONE("no change"),
    PATCH("patch"),
    MINOR("minor version"),
    MAJOR("major version");

    private final String phrase;

    VersionStep(String phrase) {
        this.phrase = phrase;
    }

    /** For a sentence: {@code patch}, {@code minor version}, {@code major version}. */
    public String phrase() {
        return phrase;
    }

    /** The step between two versions, of which the second is higher. */
    public static VersionStep between(Version from, Version to) {
        return from.major() != to.major() ? MAJOR : from.minor() != to.minor() ? MINOR : PATCH;
    }

    /**
     * What this step is for a version: before 1.0.0 anything may change (rule 4), and by custom a minor version says so.
     *
     * @param from the version before
     */
    public VersionStep of(Version from) {
        return from.major() == 0 && this == MAJOR ? MINOR : from.major() == 0 && this == MINOR ? PATCH : this;
    }

    /** The version that this step leads to. */
    public Version from(Version version) {
        return switch (this) {
            case MAJOR -> new Version(version.major() + 1, 0, 0);
            case MINOR -> new Version(version.major(), version.minor() + 1, 0);
            case PATCH, NONE -> new Version(version.major(), version.minor(), version.patch() + 1);
        };
    }
}
