package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.cli.demo.Demo;
import io.jenkins.plugins.darwin.model.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "A whole release of a small example: real Git, real signatures, registries in folders.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--dir", paramLabel = "DIR", description = "Where everything is made. Default: darwin-demo.")
    private Path dir = Path.of("darwin-demo");

    private final Darwin darwin;

    DemoCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = darwin.surroundings();
        // The steps are the story here; what the use cases say in between would hide it.
        Demo demo = new Demo(
                surroundings.resolve(dir),
                surroundings.clock(),
                Progress.silent(),
                darwin.json() ? surroundings.err()::println : surroundings.out()::println);
        Demo.Result result = darwin.dryRun() ? demo.plan() : demo.run();
        new Output(surroundings, darwin.json())
                .success(
                        "demo",
                        result.version().toString(),
                        result.outcome(),
                        result.changes(),
                        List.of(),
                        result,
                        result.lines());
        return 0;
    }
}
