package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who manages the next release: the maintainers in turn (process document, P0: a rotating role). */
public final class Rotation {
    private Rotation() {}

    /**
     * The maintainer after the one who manages the line that was assigned last, another line's.
     *
     * @return empty where there are no maintainers
     */
    public static Optional<Person> next(List<Person> maintainers, List<LineRecord> lines, Version version) {
        if (maintainers.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> last = lines.stream()
                .filter(l -> !l.version().equals(version) && l.manager().isPresent())
                .max(Comparator.comparing((LineRecord l) -> l.managerSince().orElse(Instant.EPOCH))
                        .thenComparing(LineRecord::version))
                .flatMap(LineRecord::manager);
        int at = last.flatMap(l -> find(maintainers, l))
                .map(maintainers::indexOf)
                .orElse(-1);
        return Optional.of(maintainers.get((at + 1) % maintainers.size()));
    }

    /** A maintainer by name, mail address, or both as Git writes them, without regard to case. */
    public static Optional<Person> find(List<Person> maintainers, String text) {
        String wanted = text.strip();
        return maintainers.stream()
                .filter(p -> wanted.equalsIgnoreCase(p.toString())
                        || wanted.equalsIgnoreCase(p.email())
                        || wanted.equalsIgnoreCase(p.name()))
                .findFirst();
    }
}
