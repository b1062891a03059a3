package io.jenkins.plugins.darwin.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsFields;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsLists;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Names, forms and checks that the steps have in common. */
public abstract class ReleaseStepDescriptor extends StepDescriptor implements CredentialsFields {
    private final String functionName;
    private final boolean signs;
    private final Set<? extends Class<?>> context;

    /** For a step that works on an agent. */
    ReleaseStepDescriptor(StepKind kind, ReleaseWork work) {
        this(kind, work.signs(), Set.of(Run.class, TaskListener.class, FilePath.class, Node.class, EnvVars.class));
    }

    /** @param context what the step must find around it */
    protected ReleaseStepDescriptor(StepKind kind, Set<? extends Class<?>> context) {
        this(kind, true, context);
    }

    private ReleaseStepDescriptor(StepKind kind, boolean signs, Set<? extends Class<?>> context) {
        this.functionName = kind.function();
        this.signs = signs;
        this.context = context;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    /** Whether its form asks for a signing key. */
    public final boolean isSigns() {
        return signs;
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return context;
    }

    /** Refuses what Groovy lets through: a version that it took for a number, and arguments that nobody knows. */
    @Override
    @SuppressWarnings("deprecation") // what the pipeline calls, and the one place to say it in a sentence
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        if (arguments.get("version") instanceof Number number) {
            throw new AbortException(Messages.ReleaseStepDescriptor_Number(number, functionName));
        }
        Set<String> known = new TreeSet<>();
        for (DescribableParameter parameter : new DescribableModel<>(clazz).getParameters()) {
            known.add(parameter.getName());
        }
        for (String name : arguments.keySet()) {
            if (!known.contains(name)) {
                throw new AbortException(
                        Messages.ReleaseStepDescriptor_Unknown(functionName, name, String.join(", ", known)));
            }
        }
        Object dryRun = arguments.getOrDefault("dryRun", false);
        if (!(dryRun instanceof Boolean)
                && !String.valueOf(dryRun).matches("true|false")) { // else it would be no dry run
            throw new AbortException(Messages.ReleaseStepDescriptor_DryRun(functionName, dryRun));
        }
        return super.newInstance(arguments);
    }

    @POST
    public final FormValidation doCheckVersion(@AncestorInPath Item item, @QueryParameter String value) {
        if (!CredentialsLists.mayConfigure(item) || Util.fixEmptyAndTrim(value) == null || value.contains("$")) {
            return FormValidation.ok(); // a variable of the pipeline, for all we know here
        }
        try {
            Version.parse(value.trim());
            return FormValidation.ok();
        } catch (ReleaseException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
