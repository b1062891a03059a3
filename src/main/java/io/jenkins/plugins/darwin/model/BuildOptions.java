package io.jenkins.plugins.darwin.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the build of an image is told beside its sources.
 *
 * @param args build arguments of a Dockerfile, in the order in which they are written
 * @param stage the stage of a Dockerfile that is built; empty for its last
 * @param platforms {@code os/architecture[/variant]}; empty for the machine's own, one image without an index
 * @param secrets what a Dockerfile's {@code RUN --mount=type=secret} may read
 * @param environment names of the variables that the build gets, beside a few harmless ones
 * @param cache repository that layers are taken from and left in; empty for none
 * @param withheld variables that it asks for and trunk gives to no build
 * @param foreignLabels whether labels that tell of another version or commit are fine: those of a base image
 */
public record BuildOptions(
        Map<String, String> args,
        Optional<String> stage,
        List<String> platforms,
        List<Secret> secrets,
        List<String> environment,
        Optional<String> cache,
        Set<String> withheld,
        boolean foreignLabels) {
    /** Nothing. */
    public static final BuildOptions NONE = new BuildOptions(
            Map.of(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Set.of(), false);

    /** A stage of a Dockerfile and nothing else. */
    public static BuildOptions ofStage(String stage) {
        return new BuildOptions(
                Map.of(), Optional.of(stage), List.of(), List.of(), List.of(), Optional.empty(), Set.of(), false);
    }

    /**
     * A secret of a build.
     *
     * @param id by which the Dockerfile asks for it
     * @param variable that holds it where the build is started
     */
    public record Secret(String id, String variable) {}

    public BuildOptions {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        platforms = List.copyOf(platforms);
        secrets = List.copyOf(secrets);
        environment = List.copyOf(environment);
        withheld = Set.copyOf(withheld);
    }

    /** All variables of the machine that it asks for, as secrets or otherwise. */
    public Set<String> variables() {
        List<String> all = new ArrayList<>(environment);
        secrets.forEach(secret -> all.add(secret.variable()));
        return new TreeSet<>(all);
    }

    /**
     * With only those variables that trunk gives to builds: a release branch can't ask for another secret of the machine.
     *
     * @param given all that trunk's configuration names
     */
    BuildOptions under(Set<String> given) {
        Set<String> more = variables();
        more.removeAll(given);
        return new BuildOptions(args, stage, platforms, secrets, environment, cache, more, foreignLabels);
    }
}
