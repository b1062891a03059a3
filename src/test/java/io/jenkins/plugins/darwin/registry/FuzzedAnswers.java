package io.jenkins.plugins.darwin.registry;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a registry answers, for fuzzing: headers and lists that only this room reads. */
public final class FuzzedAnswers {
    private FuzzedAnswers() {}

    public static void link(byte[] input) {
        LinkHeader.next(headers(input));
    }

    public static void challenge(byte[] input) {
        Challenge.parse(headers(input));
    }

    public static void manifest(byte[] input) {
        ReferrersTag.read(input, "a list");
        ManifestView view = ManifestView.parse(input);
        Manifest.of(input).descriptor();
        view.layers().forEach(layer -> layer.title().ifPresent(String::length));
    }

    private static List<String> headers(byte[] input) {
        return List.of(new String(input, StandardCharsets.ISO_8859_1).split("\n"));
    }
}
