package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.load.LoadFile;
import io.jenkins.plugins.darwin.load.LoadGate;
import io.jenkins.plugins.darwin.load.LoadReader;
import io.jenkins.plugins.darwin.load.Verdict;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load-gate",
        description =
                "P3.4: compares a load test with an earlier one: better, same, worse (exit code 3), or not enough data.")
final class LoadGateCommand implements Callable<Integer> {
    private static final int REFUSED = 3;
    private static final int MOST_PERCENT = 10_000;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "Results now: k6 (CSV, JSON, summary), JMeter JTL, Gatling log, Locust CSV, plain samples.")
    private Path now;

    @Option(names = "--against", required = true, paramLabel = "FILE", description = "Results of the last release.")
    private Path before;

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            description = "Only this measure: a metric, a label, a request's name. Repeatable. Default: all.")
    private Set<String> measures = Set.of();

    @Option(names = "--min-samples", paramLabel = "N", description = "Needed of each. Default: 100.")
    private Integer minSamples;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description = "Change that matters: 4 (the default), or of one measure NAME=PERCENT. Repeatable.")
    private List<String> thresholds = List.of();

    @Option(
            names = "--higher-is-better",
            paramLabel = "NAME",
            description = "A measure such as a throughput. Repeatable.")
    private Set<String> higher = Set.of();

    private final Darwin darwin;

    LoadGateCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    /** In JSON. */
    record Answer(Verdict verdict, String before, String now, List<LoadGate.Measure> measures) {}

    @Override
    public Integer call() {
        LoadGate gate = new LoadGate(options()); // before anything is read
        LoadFile old = read(before, "--against");
        LoadFile fresh = read(now, "FILE");
        LoadGate.Result result = gate.compare(old, fresh);
        boolean worse = result.verdict() == Verdict.WORSE;
        List<String> lines = new ArrayList<>();
        result.measures()
                .forEach(m -> lines.add(m.name() + ": " + m.sentence()
                        + (m.failedBefore() + m.failedNow() == 0
                                ? ""
                                : "; " + m.failedNow() + " failed now, " + m.failedBefore() + " before")));
        lines.add("Load: " + result.verdict().phrase() + ".");
        new Output(darwin.surroundings(), darwin.json())
                .success(
                        "load-gate",
                        null,
                        worse ? "refused" : "done",
                        List.of(),
                        List.of(),
                        new Answer(result.verdict(), old.format(), fresh.format(), result.measures()),
                        lines);
        return worse ? REFUSED : 0;
    }

    private LoadFile read(Path file, String what) {
        Path real = darwin.surroundings().resolve(file);
        if (!java.nio.file.Files.isRegularFile(real)) {
            throw ReleaseException.usage(
                    what + ": expected a file with a load test's results, found nothing at " + file + ".");
        }
        return LoadReader.read(real, measures);
    }

    private LoadGate.Options options() {
        int samples = Optional.ofNullable(minSamples).orElse(LoadGate.Options.DEFAULT.minSamples());
        if (samples < 20) {
            throw ReleaseException.usage("--min-samples: expected 20 or more, found " + samples
                    + ": of fewer nothing can be told from chance.");
        }
        double all = LoadGate.Options.DEFAULT.threshold();
        Map<String, Double> single = new HashMap<>();
        for (String text : thresholds) {
            int equals = text.lastIndexOf('=');
            double share = percent(text.substring(equals + 1), text);
            if (equals < 0) {
                all = share;
            } else {
                single.put(text.substring(0, equals), share);
            }
        }
        return new LoadGate.Options(samples, all, single, higher);
    }

    private static double percent(String text, String whole) {
        String digits = text.strip().replaceAll("\\s*%$", "");
        if (!digits.matches("[0-9]{1,5}(?:\\.[0-9]{1,3})?") || Double.parseDouble(digits) > MOST_PERCENT) {
            throw ReleaseException.usage(
                    "--threshold: expected a percentage such as 5 or NAME=5, found '" + whole + "'.");
        }
        return Double.parseDouble(digits) / 100;
    }
}
