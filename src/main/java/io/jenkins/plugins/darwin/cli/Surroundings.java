package io.jenkins.plugins.darwin.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What the command was started in.
 *
 * @param directory the working directory, absolute
 */
record Surroundings(Map<String, String> environment, Path directory, PrintStream out, PrintStream err) {
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
    }

    Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }

    /** Whether a person watches: colours and bars are for them alone. */
    boolean terminal() {
        return System.console() != null
                && err == System.err
                && variable("TERM").filter(t -> !t.equals("dumb")).isPresent()
                && variable("NO_COLOR").isEmpty();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    /** Where kept mirrors live (XDG base directory specification). */
    Path cache() {
        return variable("DARWIN_CACHE")
                .map(Path::of)
                .or(() -> variable("XDG_CACHE_HOME").map(p -> Path.of(p, "darwin-release")))
                .or(() -> variable("HOME").map(h -> Path.of(h, ".cache", "darwin-release")))
                .map(this::resolve)
                .orElse(directory.resolve(".darwin"));
    }
}
