package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.chart.ImageReference;
import io.jenkins.plugins.darwin.model.ChartRules;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one image that a chart asks for is: voted on (by the version's tag, or by the digest in the candidate), allowed by name,
 * wrong (the project's own, and another than the voted one), or somebody else's that nobody named.
 */
final class ChartTruth {
    private final String registry;
    private final boolean named;
    private final Version version;
    private final Map<String, Optional<Digest>> images;
    private final List<ChartRules.Allow> allow;

    enum Kind {
        VOTED,
        ALLOWED,
        WRONG,
        UNKNOWN
    }

    /** @param why what was expected, for one that is wrong */
    record Verdict(Kind kind, String why) {}

    /**
     * @param registry the release registry; a chart can't ask a folder for an image, so of one only names and tags are compared
     * @param images the project's own, by name, with the digests that were voted on where they are known
     */
    ChartTruth(String registry, Version version, Map<String, Optional<Digest>> images, List<ChartRules.Allow> allow) {
        this.registry = registry.replaceAll("/+$", "");
        this.named = !registry.startsWith("oci-layout:");
        this.version = version;
        this.images = images;
        this.allow = allow;
    }

    Verdict judge(ImageReference image) {
        Optional<String> below = below(image);
        if (below.isPresent()) {
            return images.containsKey(below.get())
                    ? voted(below.get(), image)
                    : new Verdict(Kind.WRONG, "the release has no image " + below.get());
        }
        if (allow.stream().anyMatch(each -> matches(each.image(), image))) {
            return new Verdict(Kind.ALLOWED, "");
        }
        Optional<String> own =
                images.keySet().stream().filter(image::isCalled).max(java.util.Comparator.comparingInt(String::length));
        if (own.isEmpty()) {
            return new Verdict(Kind.UNKNOWN, "");
        }
        return named
                ? new Verdict(Kind.WRONG, "expected " + registry + "/" + own.get() + ":" + version)
                : voted(own.get(), image);
    }

    private Optional<String> below(ImageReference image) {
        for (String name : List.of(image.name(), image.fullName())) {
            if (name.startsWith(registry + "/")) {
                return Optional.of(name.substring(registry.length() + 1));
            }
        }
        return Optional.empty();
    }

    private Verdict voted(String name, ImageReference image) {
        if (image.digest().isPresent()) {
            Optional<Digest> wanted = images.get(name);
            if (wanted.isEmpty()) {
                return new Verdict(
                        Kind.WRONG,
                        "a digest that was written before the image was built; expected the tag " + version);
            }
            return wanted.get().toString().equals(image.digest().get())
                    ? new Verdict(Kind.VOTED, "")
                    : new Verdict(Kind.WRONG, "expected " + wanted.get());
        }
        String tag = image.tag().orElse("latest");
        return tag.equals(version.toString().replace('+', '_'))
                ? new Verdict(Kind.VOTED, "")
                : new Verdict(
                        Kind.WRONG, "expected the tag " + version + (image.tag().isEmpty() ? ", found none" : ""));
    }

    private static boolean matches(String pattern, ImageReference image) {
        // Docker's short names mean the same as its long ones, on either side.
        String full =
                ImageReference.parse(pattern).map(p -> p.fullName() + rest(p)).orElse(pattern);
        String rest = rest(image);
        return Stream.of(image.name(), image.fullName())
                .flatMap(name -> Stream.of(name, name + rest))
                .anyMatch(name -> glob(pattern, name) || glob(full, name));
    }

    private static String rest(ImageReference image) {
        return image.tag().map(t -> ":" + t).orElse("")
                + image.digest().map(d -> "@" + d).orElse("");
    }

    /** Each piece between stars is looked for once, so no pattern takes long. */
    private static boolean glob(String pattern, String text) {
        String[] pieces = pattern.split(Pattern.quote("*"), -1);
        if (pieces.length == 1) {
            return pattern.equals(text);
        }
        int at = pieces[0].length();
        if (!text.startsWith(pieces[0])) {
            return false;
        }
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = text.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        String last = pieces[pieces.length - 1];
        return text.length() - at >= last.length() && text.endsWith(last);
    }
}
