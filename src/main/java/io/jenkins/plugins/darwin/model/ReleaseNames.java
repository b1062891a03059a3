package io.jenkins.plugins.darwin.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a project's release tags and branches, by patterns with {@code ${version}}, {@code ${major}}, {@code ${minor}},
 * {@code ${patch}} and {@code ${project}}.
 *
 * @param tag the pattern of tags; empty: {@code v${version}} is made, and tags of earlier releases are known in the usual
 *     forms
 * @param branch the pattern of release branches; empty: {@code release/${version}}
 */
public record ReleaseNames(String project, Optional<String> tag, Optional<String> branch) {
    /** The tag of a release unless the configuration says otherwise. */
    public static final String TAG = "v${version}";
    /** The branch of a release unless the configuration says otherwise. */
    public static final String BRANCH = "release/${version}";

    /** In what forms earlier releases are usually tagged; where a version has two tags, the first counts. */
    private static final List<String> USUAL = List.of(
            TAG,
            "${version}",
            "${project}-v${version}",
            "${project}-${version}",
            "${project}/v${version}",
            "${project}/${version}",
            "${project}@${version}",
            "release-v${version}",
            "release-${version}",
            "release/v${version}",
            "release/${version}",
            "rel-${version}");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(version|major|minor|patch|project)}");

    /** Names by default. */
    public static ReleaseNames defaults(String project) {
        return new ReleaseNames(project, Optional.empty(), Optional.empty());
    }

    /** The name of the tag that a release gets. */
    public String tag(Version version) {
        return fill(tag.orElse(TAG), version);
    }

    /** Every name that a tag of this version may have, the one that is made first. */
    public List<String> tags(Version version) {
        return patterns().stream().map(p -> fill(p, version)).distinct().toList();
    }

    /** The branch of a release. */
    public String branch(Version version) {
        return fill(branch.orElse(BRANCH), version);
    }

    /** Whether several versions share one branch: a line of patches. */
    public boolean sharedBranch() {
        return branch.filter(p -> !p.contains("${version}") && !p.contains("${patch}"))
                .isPresent();
    }

    /** The version that a tag names, or empty for any other tag. */
    public Optional<Version> versionOf(String name) {
        for (String pattern : patterns()) {
            Matcher m = Pattern.compile(regex(pattern)).matcher(name);
            if (m.matches()) {
                Optional<Version> version = version(m, pattern);
                if (version.isPresent() && fill(pattern, version.get()).equals(name)) {
                    return version;
                }
            }
        }
        return Optional.empty();
    }

    /** The pattern, among the usual ones, that most of these tags follow; empty when none follows any. */
    public static Optional<String> find(String project, List<String> tags) {
        String best = null;
        long most = 0;
        for (String pattern : USUAL) {
            ReleaseNames names = new ReleaseNames(project, Optional.of(pattern), Optional.empty());
            long count = tags.stream()
                    .filter(t ->
                            names.versionOf(t).map(names::tag).filter(t::equals).isPresent())
                    .count();
            if (count > most) {
                most = count;
                best = pattern;
            }
        }
        return Optional.ofNullable(best);
    }

    /** @throws ReleaseException usage, when a pattern names no version */
    public static String requireTag(String pattern) {
        if (!pattern.contains("${version}")
                && !(pattern.contains("${major}") && pattern.contains("${minor}") && pattern.contains("${patch}"))) {
            throw ReleaseException.usage("A tag's pattern needs ${version}, or ${major}, ${minor} and ${patch}; found '"
                    + Version.printable(pattern) + "'.");
        }
        return requireForm(pattern);
    }

    /** @throws ReleaseException usage, when a pattern names no line */
    public static String requireBranch(String pattern) {
        if (!pattern.contains("${version}") && !(pattern.contains("${major}") && pattern.contains("${minor}"))) {
            throw ReleaseException.usage("A branch's pattern needs ${version}, or ${major} and ${minor}; found '"
                    + Version.printable(pattern) + "'.");
        }
        return requireForm(pattern);
    }

    private static String requireForm(String pattern) {
        String rest = PLACEHOLDER.matcher(pattern).replaceAll("x");
        if (!rest.matches("[A-Za-z0-9][A-Za-z0-9._@+/-]*")
                || rest.contains("..")
                || rest.contains("//")
                || rest.endsWith("/")
                || rest.endsWith(".lock")
                || rest.endsWith(".")) {
            throw ReleaseException.usage(
                    "Not a pattern for a name in Git: expected letters, digits and . _ @ + / - beside ${version},"
                            + " ${major}, ${minor}, ${patch} and ${project}, found '" + Version.printable(pattern)
                            + "'.");
        }
        return pattern;
    }

    /** A named pattern is also known with and without its v: people forget it. */
    private Set<String> patterns() {
        if (tag.isEmpty()) {
            return new LinkedHashSet<>(USUAL);
        }
        Set<String> patterns = new LinkedHashSet<>();
        patterns.add(tag.get());
        for (String first : List.of("${version}", "${major}")) {
            patterns.add(tag.get().replace("v" + first, first));
            patterns.add(tag.get()
                    .replaceFirst("(?<![A-Za-z])" + Pattern.quote(first), Matcher.quoteReplacement("v" + first)));
        }
        return patterns;
    }

    private String fill(String pattern, Version version) {
        return pattern.replace("${version}", version.toString())
                .replace("${major}", String.valueOf(version.major()))
                .replace("${minor}", String.valueOf(version.minor()))
                .replace("${patch}", String.valueOf(version.patch()))
                .replace("${project}", project);
    }

    private String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        Matcher m = PLACEHOLDER.matcher(pattern);
        int at = 0;
        while (m.find()) {
            regex.append(Pattern.quote(pattern.substring(at, m.start())));
            regex.append(
                    switch (m.group(1)) {
                        case "version" -> "([0-9]{1,18}\\.[0-9]{1,18}\\.[0-9]{1,18})";
                        case "project" -> "(" + Pattern.quote(project) + ")";
                        default -> "([0-9]{1,18})";
                    });
            at = m.end();
        }
        return regex.append(Pattern.quote(pattern.substring(at))).toString();
    }

    private static Optional<Version> version(Matcher found, String pattern) {
        List<String> names = new ArrayList<>();
        PLACEHOLDER.matcher(pattern).results().forEach(r -> names.add(r.group(1)));
        String text = names.contains("version")
                ? found.group(names.indexOf("version") + 1)
                : found.group(names.indexOf("major") + 1) + "." + found.group(names.indexOf("minor") + 1) + "."
                        + found.group(names.indexOf("patch") + 1);
        try {
            return Optional.of(Version.parse(text));
        } catch (ReleaseException e) {
            return Optional.empty(); // 01.2.3
        }
    }
}
