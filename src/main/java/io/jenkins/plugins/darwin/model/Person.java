package io.jenkins.plugins.darwin.model;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name and mail address as Git writes them: {@code Name <mail>}. */
public record Person(String name, String email) implements Serializable {
    private static final Pattern FORM =
            Pattern.compile("\\s*([^<>\\p{Cc}]*[^<>\\p{Cc}\\s])\\s*<([^<>\\s]+@?[^<>\\s]*)>\\s*");

    /** @throws ReleaseException usage, when the text is not {@code Name <mail>} */
    public static Person parse(String text) {
        Matcher m = FORM.matcher(String.valueOf(text));
        if (!m.matches()) {
            throw ReleaseException.usage("Not a person: expected Name <mail@example.org>, found '"
                    + Version.printable(String.valueOf(text)) + "'.");
        }
        return new Person(m.group(1), m.group(2));
    }

    @Override
    public String toString() {
        return name + " <" + email + ">";
    }
}
