"""A plugin of TensorBoard that tells which steps of each tag the loader has kept.

Asks the data provider as any plugin does, so that both loaders answer, but for data of any plugin.
"""

from tensorboard import errors, plugin_util
from tensorboard.backend import http_util
from tensorboard.data import provider
from tensorboard.plugins import base_plugin
from werkzeug import wrappers

# More than any loader keeps.
ALL = 10**7


class KeptPlugin(base_plugin.TBPlugin):
    plugin_name = "kept"

    def __init__(self, context):
        data = context.data_provider
        self._classes = [
            (data.list_scalars, data.read_scalars),
            (data.list_tensors, data.read_tensors),
            (data.list_blob_sequences, data.read_blob_sequences),
        ]

    def is_active(self):
        return False

    def get_plugin_apps(self):
        return {"/steps": self._serve_steps}

    @wrappers.Request.application
    def _serve_steps(self, request):
        context = plugin_util.context(request.environ)
        run, plugin = request.args["run"], request.args["plugin"]
        query = {"experiment_id": "", "plugin_name": plugin, "run_tag_filter": provider.RunTagFilter(runs=[run])}
        steps = {}
        for list_tags, read in self._classes:
            try:
                tags = list_tags(context, **query)
            except errors.NotFoundError:
                continue
            if run in tags:
                points = read(context, downsample=ALL, **query)
                steps.update((tag, [point.step for point in points[run][tag]]) for tag in tags[run])
        return http_util.Respond(request, steps, "application/json")
