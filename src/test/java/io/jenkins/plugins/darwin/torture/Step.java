package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.util.List;
import java.util.function.Function;

/**
 * One step of a release, in this process or as a command of its own.
 *
 * @param arguments of {@code darwin}
 */
record Step(String name, Function<ReleaseFixture, Outcome<?>> run, List<String> arguments) {
    /** The way from trunk to the public. */
    static final List<Step> CHAIN = List.of(
            new Step("cut", ReleaseFixture::cut, List.of("cut", "1.3.0")),
            new Step("build-rc", ReleaseFixture::build, List.of("build-rc", "1.3.0")),
            new Step("sign", ReleaseFixture::sign, List.of("sign", "1.3.0")),
            new Step("open", ReleaseFixture::open, List.of("vote", "1.3.0", "open")),
            cast("alice"),
            cast("bob"),
            cast("carol"),
            new Step("close", ReleaseFixture::close, List.of("vote", "1.3.0", "close")),
            new Step("promote", ReleaseFixture::promote, List.of("promote", "1.3.0")));

    static Step cast(String voter) {
        return new Step(
                "cast",
                release -> release.cast(voter),
                List.of("vote", "1.3.0", "cast", "--voter", voter, "--vote", "+1"));
    }
}
