package io.jenkins.plugins.darwin.notes;

import java.util.Optional;

/** The sections of release notes, in order, and the footer of a commit message that fills one. */
enum Section {
    HIGHLIGHTS("Highlights", "Highlight"),
    SECURITY("Security", null),
    FEATURES("New Features", null),
    FIXES("Bug Fixes", null),
    BREAKING("Breaking Changes", null),
    UPGRADE("Upgrade Notes", "Upgrade-Note"),
    ISSUES("Known Issues", "Known-Issue"),
    OTHER("Other Changes", null);

    private final String title;
    private final String footer;

    Section(String title, String footer) {
        this.title = title;
        this.footer = footer;
    }

    String title() {
        return title;
    }

    Optional<String> footer() {
        return Optional.ofNullable(footer);
    }
}
