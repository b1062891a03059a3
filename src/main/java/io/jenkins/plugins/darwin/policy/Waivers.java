package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.edit.YamlTree;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file {@code release-waivers/X.Y.Z.yaml} of a branch: what may pass although it breaks a rule, who asked, who agreed, why.
 * One that is wrong counts for nothing, and is told.
 *
 * @param good those that count
 * @param problems sentences about the others
 */
public record Waivers(List<Waiver> good, List<String> problems) {
    private static final Set<String> KEYS = Set.of("commit", "rule", "author", "approver", "reason");
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;
    private static final String COMMIT = "[0-9a-f]{12,40}";

    public Waivers {
        good = List.copyOf(good);
        problems = List.copyOf(problems);
    }

    /** Where the file is in the branch. */
    public static String path(Version version) {
        return "release-waivers/" + version + ".yaml";
    }

    /** There is no such file. */
    public static Waivers none() {
        return new Waivers(List.of(), List.of());
    }

    /**
     * Reads the file.
     *
     * @param approvers who may approve; empty where trunk names nobody
     */
    public static Waivers read(String name, byte[] yaml, List<Person> approvers) {
        Reader reader = new Reader(name, approvers);
        if (yaml.length > MOST_BYTES) {
            return new Waivers(
                    List.of(),
                    List.of(name + ": " + yaml.length + " bytes; expected at most " + MOST_BYTES
                            + ". No waiver counts."));
        }
        try {
            reader.read(yaml);
        } catch (ReleaseException e) {
            return new Waivers(List.of(), List.of(e.getMessage() + " No waiver counts."));
        }
        return new Waivers(reader.good, reader.problems);
    }

    private static final class Reader {
        private final String name;
        private final List<Person> approvers;
        private final List<Waiver> good = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private SourceText source;

        Reader(String name, List<Person> approvers) {
            this.name = name;
            this.approvers = approvers;
        }

        void read(byte[] yaml) {
            source = SourceText.decode(name, yaml);
            List<Item> documents = YamlTree.parse(source);
            if (documents.isEmpty() || isNull(documents.get(0))) {
                return;
            }
            if (documents.size() > 1 || !(documents.get(0) instanceof Item.Sequence list)) {
                problem(
                        documents.get(0).start(),
                        "expected one list of waivers ('- commit: ...'), found something else");
                return;
            }
            list.items().forEach(this::waiver);
        }

        private static boolean isNull(Item item) {
            return item instanceof Item.Scalar s && s.type() == Item.Type.NULL;
        }

        private void waiver(Item item) {
            if (!(item instanceof Item.Mapping entries)) {
                problem(item.start(), "expected a waiver with commit, author, approver and reason");
                return;
            }
            int before = problems.size();
            entries.duplicates().forEach(d -> problem(d.secondStart(), "the key '" + d.key() + "' is there twice"));
            entries.entries().stream()
                    .filter(e -> !KEYS.contains(e.key()))
                    .forEach(e -> problem(
                            e.keyStart(),
                            "unknown key '" + Version.printable(e.key())
                                    + "'; expected commit, rule, author, approver, reason"));
            Optional<String> commit = text(entries, "commit", true);
            commit.filter(c -> !c.matches(COMMIT))
                    .ifPresent(c -> problem(
                            entries.start(),
                            "commit: expected 12 to 40 hex digits in quotes, found '" + Version.printable(c) + "'"));
            Optional<Rule> rule = text(entries, "rule", false).flatMap(w -> rule(entries, w));
            Optional<Person> author = person(entries, "author");
            Optional<Person> approver = person(entries, "approver");
            Optional<String> reason = text(entries, "reason", true);
            reason.map(String::strip)
                    .filter(r -> r.length() < SHORTEST_REASON || r.length() > LONGEST_REASON)
                    .ifPresent(r -> problem(
                            entries.start(),
                            "reason: expected " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters, found "
                                    + r.length()));
            if (author.isPresent() && approver.isPresent()) {
                people(entries, author.get(), approver.get());
            }
            if (problems.size() == before) {
                good.add(new Waiver(
                        commit.orElseThrow(),
                        rule,
                        author.orElseThrow(),
                        approver.orElseThrow(),
                        reason.orElseThrow().strip(),
                        source.line(entries.start())));
            }
        }

        private void people(Item at, Person author, Person approver) {
            if (Waiver.same(author, approver)) {
                problem(
                        at.start(),
                        "approved by its own author, " + approver
                                + ": expected somebody else; nobody lets themselves pass");
            } else if (!approvers.isEmpty() && approvers.stream().noneMatch(p -> sameAddress(p, approver))) {
                problem(
                        at.start(),
                        "approver: expected one of trunk's maintainers ("
                                + approvers.stream().map(Person::toString).collect(Collectors.joining(", "))
                                + "), found " + approver);
            }
        }

        private static boolean sameAddress(Person a, Person b) {
            return a.email().equalsIgnoreCase(b.email());
        }

        private Optional<Rule> rule(Item at, String word) {
            Optional<Rule> rule = Arrays.stream(Rule.values())
                    .filter(r -> r.word().equals(word))
                    .findFirst();
            if (rule.isEmpty()) {
                problem(
                        at.start(),
                        "rule: expected one of "
                                + Arrays.stream(Rule.values()).map(Rule::word).collect(Collectors.joining(", "))
                                + ", found '" + Version.printable(word) + "'");
            }
            return rule;
        }

        private Optional<Person> person(Item.Mapping entries, String key) {
            return text(entries, key, true).flatMap(value -> {
                try {
                    return Optional.of(Person.parse(value));
                } catch (ReleaseException e) {
                    problem(
                            entries.start(),
                            key + ": expected Name <mail@example.org>, found '" + Version.printable(value) + "'");
                    return Optional.empty();
                }
            });
        }

        private Optional<String> text(Item.Mapping entries, String key, boolean needed) {
            Optional<Item> value = entries.entries().stream()
                    .filter(e -> e.key().equals(key))
                    .map(Item.Entry::value)
                    .findFirst();
            // A commit of digits alone is a number to YAML.
            Optional<String> text = value.filter(v -> v instanceof Item.Scalar s && s.type() != Item.Type.NULL)
                    .map(v -> ((Item.Scalar) v).value())
                    .filter(v -> !v.isBlank());
            if (text.isEmpty() && (needed || value.isPresent())) {
                problem(entries.start(), "expected '" + key + "' with a text");
            }
            return text;
        }

        private void problem(int at, String what) {
            problems.add(name + ":" + source.line(at) + ": " + what + ". This waiver does not count.");
        }
    }
}
