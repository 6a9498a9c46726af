from django.core.checks import Info, register


@register()
def say_that_it_is_here(app_configs, **kwargs):
    return [Info("The example plugin looks at the site.", id="example_plugin.I001")]
