package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.model.ForeignText;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Helm's own rendering: by the {@code helm} program where the machine has one, else by helm-java where it is on the class path.
 * A template can read nothing but its chart; the program gets no variable of ours but where to find what it needs.
 */
public final class HelmRenderer {
    private static final int MOST_BYTES = 64 << 20;
    private static final int SECONDS = 120;
    private static final String HELM_JAVA = "com.marcnuri.helm.Helm";

    private final Optional<Path> program;
    private final Map<String, String> environment;

    private HelmRenderer(Optional<Path> program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /** What a rendering gave: the objects, or Helm's reason why there are none. */
    public record Rendered(Optional<String> objects, String reason) {}

    /** Empty where there is no Helm. */
    public static Optional<HelmRenderer> find(Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path helm = Path.of(folder.isEmpty() ? "." : folder).resolve("helm").toAbsolutePath();
            if (!folder.isEmpty() && Files.isRegularFile(helm) && Files.isExecutable(helm)) {
                return Optional.of(new HelmRenderer(Optional.of(helm), environment));
            }
        }
        try {
            Class.forName(HELM_JAVA);
            return Optional.of(new HelmRenderer(Optional.empty(), environment));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * Renders a packed chart.
     *
     * @param values a file beside the chart's own values; empty for those alone
     * @param home an empty folder, in which Helm may keep what it likes
     */
    public Rendered render(Path tgz, Optional<Path> values, Path home) {
        try {
            return program.isPresent() ? byProgram(program.get(), tgz, values, home) : byLibrary(tgz, values);
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            return new Rendered(Optional.empty(), ForeignText.line(String.valueOf(cause.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rendered(Optional.empty(), "interrupted");
        }
    }

    private Rendered byProgram(Path helm, Path tgz, Optional<Path> values, Path home)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(helm.toString(), "template", "release", tgz.toString()));
        values.ifPresent(file -> command.addAll(List.of("--values", file.toString())));
        Path out = Files.createTempFile(home, "rendered", ".yaml");
        Path err = Files.createTempFile(home, "rendered", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", environment.getOrDefault("PATH", ""), "HOME", home.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return new Rendered(Optional.empty(), "no answer in " + SECONDS + " seconds");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || Files.size(out) > MOST_BYTES) {
            String said = new String(Files.readAllBytes(err), StandardCharsets.UTF_8).strip();
            return new Rendered(
                    Optional.empty(), ForeignText.line(said.length() > 500 ? said.substring(0, 500) : said));
        }
        return new Rendered(Optional.of(Files.readString(out)), "");
    }

    /** By name, since the library is 27 MB that few need: {@code new Helm(tgz).template().withName(..).call()}. */
    private static Rendered byLibrary(Path tgz, Optional<Path> values) throws ReflectiveOperationException {
        Class<?> type = Class.forName(HELM_JAVA);
        Object helm = type.getConstructor(Path.class).newInstance(tgz);
        Object template = type.getMethod("template").invoke(helm);
        template.getClass().getMethod("withName", String.class).invoke(template, "release");
        if (values.isPresent()) {
            template.getClass().getMethod("withValuesFile", Path.class).invoke(template, values.get());
        }
        Object objects = template.getClass().getMethod("call").invoke(template);
        return new Rendered(Optional.of(String.valueOf(objects)), "");
    }
}
