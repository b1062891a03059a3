package io.jenkins.plugins.darwin.jenkins.vote;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Commands that a voter can paste into a shell. They are made of words that stand for themselves in every shell; a place or a name with
 * anything else in it, which a branch may have brought along, gets no command.
 */
final class CheckCommands {
    /** Letters of a registry, a repository, a tag and a digest; it begins with none that a program takes for an option. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._:/@+\\[\\]-]*");

    private static final String LAYOUT = "oci-layout:";

    private CheckCommands() {}

    /**
     * For one candidate.
     *
     * @param staging where its images are
     * @param reference of the candidate itself
     * @param images with their digests
     */
    static List<String> of(String staging, String reference, List<GateAbout.Part> images) {
        List<String> commands = new ArrayList<>();
        if (safe(reference)) {
            commands.add("bin/darwin verify " + reference + " --keys KEYS");
        }
        if (!staging.startsWith(LAYOUT)) {
            images.stream()
                    .map(image -> staging + "/" + image.name() + "@" + image.detail())
                    .filter(CheckCommands::safe)
                    .forEach(image -> commands.add("docker pull " + image));
        }
        return commands;
    }

    private static boolean safe(String word) {
        return WORD.matcher(word).matches();
    }
}
