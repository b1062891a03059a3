package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What to do next, in the words of the command line: only commands and options that there are. */
class AdviceTest {
    private static final Version VERSION = Version.parse("1.3.0");

    @Test
    void aFailureWithoutAdviceIsItsSentence() {
        assertThat(Advice.of(ReleaseException.refused("Something else is there.")))
                .isEqualTo("Something else is there.");
    }

    @Test
    void theActsComeInOrderAfterTheSentence() {
        assertThat(Advice.of(ReleaseException.refused(
                        "There is no candidate.", Next.of(Next.Act.BUILD, VERSION), Next.of(Next.Act.SIGN, VERSION))))
                .isEqualTo("There is no candidate. Run 'darwin build-rc 1.3.0', then run 'darwin sign 1.3.0'.");
        assertThat(Advice.of(ReleaseException.failed("No.")
                        .withNext(new Next(Next.Act.LOG_IN_TO_REGISTRY, "registry.example.org"))))
                .startsWith("No. Log in with 'docker login registry.example.org' or ");
    }

    /** Every command that is advised exists, and takes the options that are advised. */
    @Test
    void everyCommandAndOptionExists() {
        CommandLine darwin = new CommandLine(
                new Darwin(new Surroundings(Map.of(), Path.of(""), System.out, System.err)),
                new Commands(new Darwin(new Surroundings(Map.of(), Path.of(""), System.out, System.err))));
        String all = Arrays.stream(Next.Act.values())
                .map(act -> Advice.words(List.of(Next.of(act, VERSION))))
                .collect(Collectors.joining("\n"));
        Set<String> commands = found("'darwin ([a-z-]+)", all);
        assertThat(commands).contains("cut", "build-rc", "sign", "vote", "promote", "init", "key");
        assertThat(darwin.getSubcommands().keySet()).containsAll(commands);
        Set<String> options = new TreeSet<>();
        options(darwin, options);
        assertThat(options).containsAll(found("(--[a-z-]+)", all));
    }

    private static void options(CommandLine command, Set<String> into) {
        command.getCommandSpec().options().forEach(option -> into.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(each -> options(each, into));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult r) -> r.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
